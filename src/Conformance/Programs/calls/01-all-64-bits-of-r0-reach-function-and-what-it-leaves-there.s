# Rule: program/calls
# Purpose: all 64 bits of r0 reach the function, and what it leaves there reaches the caller or does not

    lddw %r0, 0x89abcdef87654321
    call local f
    exit
f:
    add %r0, 5
    exit
