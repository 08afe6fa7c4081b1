"""Ontdubbelen: who may be the same person, two records side by side, and the overview of pairs."""
