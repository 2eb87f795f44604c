"""What a stranger can check about a certificate."""
