"""评价: a case → an evaluation: plan, scores, agreements, checks, waivers."""
