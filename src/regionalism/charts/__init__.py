"""One theme for all charts, the frame of a figure, and the chart functions of each chapter."""
