# Rule: program/calls
# Purpose: a function's result is {result}
# Each: result
#       0xffffffff00000001
#       0x80000000
#       0x100000000

    call local f
    exit
f:
    lddw %r0, {result}
    exit
