# Rule: jmp/exit
# Purpose: the result is all ones

    lddw %r0, 0xffffffffffffffff
    exit
