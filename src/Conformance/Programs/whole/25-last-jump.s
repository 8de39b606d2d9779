# Rule: program/last-jump
# Purpose: the last instruction is a jump

    ja start
out:
    exit
start:
    mov %r0, 0x2a
    ja out
