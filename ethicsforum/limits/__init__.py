"""How often one member, and one address, may do a thing; what they hear beyond that.

`table` has them all, `door.use` counts one more, `wait.Wait` is the answer.
"""
