"""评分方法: what a strategy is and the built-in ones, each one formula; adjustments; how points are allotted."""
