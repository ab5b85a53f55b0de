"""From devices to Aer: channels, binding them to the marked places, and the exact deferred twin."""
