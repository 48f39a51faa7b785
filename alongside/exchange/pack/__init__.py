"""Everything that is written about somebody, asked for by them, put in the order it happened, and handed over (R97).

The person's right of access: GDPR articles 12 and 15. What they read here anyway is never withheld. What was read by
those who work here alone is given or kept back by a decision of somebody who works with the family, point by point.
"""
