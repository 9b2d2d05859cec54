"""分析的文书: a comparison and a monitoring as papers."""
