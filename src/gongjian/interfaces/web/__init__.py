"""The pages, a folder a room, and what they share: shell, components, forms."""
