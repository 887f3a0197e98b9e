"""One module a page: from the dataset to what its template shows."""
