# Rule: jmp/exit
# Purpose: a second call has its frame where the first one had it

    call local f
    mov %r6, %r0
    call local f
    sub %r0, %r6
    add %r0, 5
    exit
f:
    stdw [%r10-8], 7
    mov %r0, %r10
    exit
