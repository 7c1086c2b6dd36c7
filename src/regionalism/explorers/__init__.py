"""The interactives: each declared once, shown live in a notebook, on a page without a kernel, and plain."""
