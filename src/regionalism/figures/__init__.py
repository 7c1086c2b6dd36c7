"""The evidence figures: from the shared tables to numbers, and from numbers to a finding and a chart."""
