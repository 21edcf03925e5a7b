"""What speed is promised, measured: worlds of a stated size, rivals that answer the same question, whole requests."""
