"""What `services.login_accounts` is made of: words, the view of an account, and the writing."""
