"""分析: what one does with evaluations over a year: compare, see what is lacking, monitor, roll over."""
