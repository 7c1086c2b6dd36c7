"""One module for each chapter, with its PLAN."""
