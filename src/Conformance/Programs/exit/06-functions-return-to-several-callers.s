# Rule: jmp/exit
# Purpose: functions return to several callers

    mov %r0, 0
    call local f
    add %r0, 1
    call local f
    add %r0, 2
    call local g
    add %r0, 4
    exit
g:
    call local f
    add %r0, 8
    exit
f:
    add %r0, 0x100
    exit
