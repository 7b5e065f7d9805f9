"""What the phone keeps of the house itself: the service worker, the shell page, the manifest's doors."""
