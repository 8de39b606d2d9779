/* What is measured: the program that clang made of examples/fletcher32.c, which is the section .text of the object, and its input. */
    .section .rodata
    .balign 8
    .global fletcher32_program, fletcher32_program_end, fletcher32_input, fletcher32_input_end
fletcher32_program:
    .incbin "../examples/fletcher32.o", 64, 336
fletcher32_program_end:
    .balign 8
fletcher32_input:
    .incbin "../examples/fletcher32.input"
fletcher32_input_end:
#if RBPF_NATIVE
    .balign 8
    .global fletcher32_translated, fletcher32_translated_end
fletcher32_translated:
    .incbin NATIVE
fletcher32_translated_end:
#endif
