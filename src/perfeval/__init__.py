"""perfeval: 预算绩效自评."""
