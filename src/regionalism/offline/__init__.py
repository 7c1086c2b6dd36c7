"""The browser edition: the book, JupyterLite and a Python for the browser in one folder that needs no network.

`sources` fetches what others publish and accepts a file only by its hash; `wheels` makes of it what a
browser loads fast; `lite` assembles JupyterLite; `edition` puts the folder together and `manifest` says
what must be in it. The start page is in `start/`.
"""
