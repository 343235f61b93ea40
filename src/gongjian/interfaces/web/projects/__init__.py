"""The pages of 项目: the bare register that duties point at."""
