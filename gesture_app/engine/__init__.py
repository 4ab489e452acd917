"""The pipeline and the threads that drive it. Knows nothing of Qt."""
