"""研判: lights by published rules, roll-ups, forecasts."""
