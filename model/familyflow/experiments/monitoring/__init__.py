"""A service's first months beside what was expected of them, and what they change.

`statistics` counts in records, observed or simulated, `expected` simulates the same months,
`judged` says what is unusual, `study` how many families it takes to see an effect, `monitor` does
it all; `foretold` holds the last year of records back and foretells it.
"""
