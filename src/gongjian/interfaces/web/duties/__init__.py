"""The pages of 责任: who answers for what, confirmed and assigned by a person."""
