"""网页: an evaluation as one offline page, with its pictures."""
