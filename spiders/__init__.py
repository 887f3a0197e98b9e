"""Where pages come from: one spider per kind of site, never per outlet."""
