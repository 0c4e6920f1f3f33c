"""People and places, as tests act through them."""
