# Rule: program/instructions
# Purpose: a wide instruction counts once
# Instructions: 2

    lddw %r0, 0x500000005
    exit
