"""Exact values of elementary functions, by mpmath with 300 bits: `python elementary.py > elementary.json`.

Of each argument the nearest number, and how far the exact value lies from it in units in the last place.
Written with mpmath 1.4.1.
"""

import json
import math
import random

import mpmath
from mpmath import mpf

mpmath.mp.prec = 300
LEAST_NORMAL = 2.0**-1022
draw = random.Random(19)


def sign():
    return draw.choice([-1.0, 1.0])


def small(bits):
    """A number of either sign whose exponent is as likely as any other."""
    return sign() * 2.0 ** -draw.uniform(0, bits)


def positive():
    return math.ldexp(draw.uniform(1, 2), draw.randint(-1022, 1023))


def each(n, *kinds):
    return [kind() for kind in kinds for _ in range(n)]


ARGUMENTS = {
    "exp": each(
        60,
        lambda: draw.uniform(-708, 709.7),
        lambda: draw.uniform(-40, 2),
        lambda: small(60),
        # Halfway between two numbers of the table.
        lambda: (draw.randint(-9000, 9000) + 0.5) * math.log(2) / 128,
        lambda: draw.uniform(-745.1, -708.4),
    )
    + [709.782712893384, -745.1332191019411, -708.3964185322641],
    "expm1": each(
        60,
        lambda: draw.uniform(-38, 709.7),
        lambda: draw.uniform(-1, 1),
        lambda: small(60),
        lambda: sign() * draw.uniform(0.12, 0.13),
        lambda: draw.uniform(-0.8, -0.6),
    )
    + [5e-324, -1e-310, 38.000000001, -37.9999999],
    "log": each(
        60,
        positive,
        lambda: 1 + small(52),
        lambda: draw.uniform(0.98, 1.02),
        lambda: draw.uniform(0.5, 2),
        lambda: draw.random() * LEAST_NORMAL,
    )
    + [5e-324, LEAST_NORMAL, 1.7976931348623157e308, 1 - 2.0**-53, 1 + 2.0**-52, 0.99609375, 1.00390625],
    "log1p": each(
        60,
        positive,
        lambda: small(60),
        lambda: draw.uniform(-0.99, 1),
        lambda: sign() * draw.uniform(0.0038, 0.004),
        lambda: -1 + 2.0 ** -draw.uniform(0, 53),
    )
    + [5e-324, -1e-310, 2.0**53, 2.0**53 + 2, 1.7976931348623157e308],
    "log10": each(60, positive, lambda: 1 + small(52)) + [0.001, 0.1, 10.0, 1e22, 5e-324],
    "cos": each(
        100,
        lambda: draw.uniform(-7, 7),
        # Near the zeros.
        lambda: (draw.randint(-2, 1) + 0.5) * math.pi + small(52),
    ),
    "tanh": each(60, lambda: draw.uniform(-22, 22), lambda: draw.uniform(-1, 1), lambda: small(60)),
    "pow": [
        (base, draw.uniform(-700, 700) / max(abs(math.log(base)), 1e-5))
        for base in each(60, positive, lambda: draw.uniform(0, 10), lambda: 1 + small(30))
        if base != 1
    ]
    + [(10.0, -1.8), (10.0, 22.0), (10.0, 308.0), (2.0, -1074.0), (0.5, 1060.5), (10127.0, -0.2), (1.5, 2.0)],
}


def pow_(base, exponent):
    return mpmath.exp(exponent * mpmath.log(base))


EXACT = {
    "exp": mpmath.exp,
    "expm1": mpmath.expm1,
    "log": mpmath.log,
    "log1p": mpmath.log1p,
    "log10": mpmath.log10,
    "cos": mpmath.cos,
    "tanh": mpmath.tanh,
    "pow": pow_,
}


def case(function, arguments):
    exact = function(*[mpf(argument) for argument in arguments])
    # Subnormal numbers have fewer digits, which mpmath's own rounding does not know.
    unit = math.ulp(float(exact))
    nearest = int(mpmath.nint(exact / unit)) * unit
    return [*arguments, nearest, round(float((exact - nearest) / unit), 6)]


def arguments_of(name):
    return [each if isinstance(each, tuple) else (each,) for each in ARGUMENTS[name]]


print("{")
for i, name in enumerate(ARGUMENTS):
    cases = [case(EXACT[name], arguments) for arguments in arguments_of(name)]
    print(f'  "{name}": [')
    print(",\n".join(f"    {json.dumps(each)}" for each in cases))
    print("  ]" + ("," if i < len(ARGUMENTS) - 1 else ""))
print("}")
