"""The benchmark: a synthetic province, what is measured in it, and what the same work costs without the portal.

`world` writes the rows, `measures` takes the figures, `floor` does the same work in bare SQL,
`pages` writes texts to be read, `table` prints.
Nothing of the portal imports this package but the commands `generate` and `bench`.
"""
