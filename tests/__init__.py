"""What is tested across rooms: architecture, journeys, measures. Each room's own tests are beside it."""
