"""Widgets: parts that draw what they are given; none of them knows a service."""
