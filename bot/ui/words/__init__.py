"""Every word that a person reads. Plain: what happened, whether it cost anything, what to do now."""
