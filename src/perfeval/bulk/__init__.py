"""批量: many cases at once: files on several processes, data frames."""
