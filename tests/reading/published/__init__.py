"""做表：official tables in every layout that offices publish or hand in, honest and faulty, each with what is right.

``contents`` invents offices, projects and figures (all of it 示例数据), ``drafting`` draws them and notes what stands
where, ``layouts`` holds a maker for every layout, ``faults`` plants faults. What is right comes from the making,
never from the program.
"""
