"""What links deliver: rates, times and odds; numpy only, no circuit."""
