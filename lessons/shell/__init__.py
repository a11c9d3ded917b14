"""What stands around a step, each part in a file named as the screen names it. `page` puts them together."""
