"""Local stand-ins for services the bot talks to; they know the published contracts and nothing of the bot."""
