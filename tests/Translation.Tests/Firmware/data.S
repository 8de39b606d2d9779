    .section .rodata
    .balign 8
    .global program, program_end, input, input_end, code
program:
    .incbin "program"
program_end:
input:
    .incbin "input"
input_end:
    .balign 8
code:
    .incbin "code"
