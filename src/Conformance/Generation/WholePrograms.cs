using RbpfSpec.Semantics;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Whole programs, in which instructions meet each other: loops, calls, memory, atomic operations.</summary>
internal static class WholePrograms
{
    private static readonly byte[] Numbers = [0x2a, 0x07, 0xff, 0x80, 0x01, 0x63, 0x10, 0x5c];

    /// <summary>The programs.</summary>
    public static IEnumerable<Scenario> All =>
    [
        new("program/sum", "the bytes of the context are summed up in a loop", "mov %r0, 0\nmov %r3, %r1\nadd %r3, %r2\nloop: ldxb %r4, [%r1+0]\nadd %r0, %r4\nadd %r1, 1\njlt %r1, %r3, loop\nexit") { Memory = Bytes(64) },
        new("program/fletcher32", "a checksum of Fletcher is computed", "mov %r0, 0xffff\nmov %r3, 0xffff\nmov %r4, %r2\nrsh %r4, 1\nloop: ldxh %r5, [%r1+0]\nadd %r0, %r5\nadd %r3, %r0\nadd %r1, 2\nsub %r4, 1\njne %r4, 0, loop\nmod %r0, 0xffff\nmod %r3, 0xffff\nlsh %r3, 16\nor %r0, %r3\nexit") { Memory = Bytes(64) },
        new("program/crc32", "a cyclic redundancy check is computed bit by bit", "mov32 %r0, -1\nmov %r6, 2\nnext: ldxb %r3, [%r1+0]\nxor32 %r0, %r3\nmov %r4, 8\nbit: mov32 %r5, %r0\nrsh32 %r0, 1\nand32 %r5, 1\nneg32 %r5\nand32 %r5, 0xedb88320\nxor32 %r0, %r5\nsub %r4, 1\njne %r4, 0, bit\nadd %r1, 1\nsub %r6, 1\njne %r6, 0, next\nxor32 %r0, -1\nexit") { Memory = Bytes(2) },
        new("program/gcd", "Euclid's algorithm runs", "mov %r0, 3528\nmov %r1, 3780\nloop: jeq %r1, 0, out\nmov %r2, %r0\nmod %r2, %r1\nmov %r0, %r1\nmov %r1, %r2\nja loop\nout: exit"),
        new("program/fibonacci", "a function calls itself twice", "mov %r1, 5\ncall local fib\nexit\nfib: jgt %r1, 1, more\nmov %r0, %r1\nexit\nmore: mov %r6, %r1\nsub %r1, 1\ncall local fib\nmov %r7, %r0\nmov %r1, %r6\nsub %r1, 2\ncall local fib\nadd %r0, %r7\nexit"),
        new("program/bubble-sort", "the bytes of the context are sorted, and read as a number", "mov %r5, 7\nouter: mov %r3, %r1\nmov %r4, %r5\ninner: ldxb %r6, [%r3+0]\nldxb %r7, [%r3+1]\njle %r6, %r7, ordered\nstxb [%r3+0], %r7\nstxb [%r3+1], %r6\nordered: add %r3, 1\nsub %r4, 1\njne %r4, 0, inner\nsub %r5, 1\njne %r5, 0, outer\nldxdw %r0, [%r1+0]\nexit") { Memory = Sequence.Of<byte>(Numbers) },
        new("program/popcount", "set bits are counted", "lddw %r1, 0x8000f00f12345678\nmov %r0, 0\nloop: jeq %r1, 0, out\nmov %r2, %r1\nsub %r2, 1\nand %r1, %r2\nadd %r0, 1\nja loop\nout: exit"),
        new("program/atomic-counter", "atomic additions in a loop count", "mov %r3, 1\nmov %r4, 10\nloop: lock add [%r1+0], %r3\nlock add32 [%r1+8], %r3\nsub %r4, 1\njne %r4, 0, loop\nldxdw %r0, [%r1+0]\nldxdw %r5, [%r1+8]\nxor %r0, %r5\nexit") { Memory = Sequence.Of<byte>([0xfb, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xfb, 0xff, 0xff, 0xff, 0x01, 0x00, 0x00, 0x00]) },
        new("program/spin-lock", "a lock is taken by comparison and exchange, and given back", "mov %r0, 0\nmov %r3, 1\nlock cmpxchg [%r1+0], %r3\njne %r0, 0, out\nldxdw %r6, [%r1+8]\nadd %r6, 5\nstxdw [%r1+8], %r6\nmov %r4, 0\nlock xchg [%r1+0], %r4\nldxdw %r0, [%r1+8]\nlsh %r0, 8\nor %r0, %r4\nldxdw %r5, [%r1+0]\nlsh %r5, 32\nor %r0, %r5\nout: exit") { Memory = Sequence.Of<byte>([0, 0, 0, 0, 0, 0, 0, 0, 37, 0, 0, 0, 0, 0, 0, 0]) },
        new("program/ip-checksum", "the fields of a packet header are read in network order", "ldxh %r0, [%r1+2]\nbe16 %r0\nldxw %r3, [%r1+12]\nbe32 %r3\nlsh %r0, 32\nor %r0, %r3\nldxdw %r4, [%r1+0]\nbe64 %r4\nxor %r0, %r4\nexit") { Memory = Sequence.Of(Convert.FromHexString("4500003c1c4640004006b1e6c0a80068c0a80001").AsSpan()) },
        new("program/sieve", "primes below 32 are sieved in the stack", "mov %r1, 2\nouter: mov %r2, %r1\nadd %r2, %r1\ninner: jge %r2, 32, done\nmov %r3, %r10\nsub %r3, 32\nadd %r3, %r2\nstb [%r3+0], 1\nadd %r2, %r1\nja inner\ndone: add %r1, 1\njlt %r1, 7, outer\nmov %r0, 0\nmov %r1, 2\ncount: mov %r3, %r10\nsub %r3, 32\nadd %r3, %r1\nldxb %r4, [%r3+0]\nadd %r0, 1\nsub %r0, %r4\nadd %r1, 1\njlt %r1, 32, count\nexit"),
        new("program/long-division", "quotient and remainder are put together again", "lddw %r6, 0xfedcba9876543210\nmov %r7, 0x12345\nmov %r0, %r6\ndiv %r0, %r7\nmov %r8, %r6\nmod %r8, %r7\nmul %r0, %r7\nadd %r0, %r8\nxor %r0, %r6\nmov %r1, %r6\nsdiv %r1, %r7\nmov %r8, %r6\nsmod %r8, %r7\nmul %r1, %r7\nadd %r1, %r8\nxor %r1, %r6\nor %r0, %r1\nadd %r0, %r8\nexit"),
        new("program/string-length", "a text is measured", "mov %r0, 0\nloop: ldxb %r3, [%r1+0]\njeq %r3, 0, out\nadd %r0, 1\nadd %r1, 1\nja loop\nout: exit") { Memory = [.. "twenty-one characters\0"u8.ToArray()] },
        new("program/reverse", "the context is reversed in place", "mov %r3, %r1\nadd %r3, 7\nmov %r4, %r1\nloop: ldxb %r5, [%r4+0]\nldxb %r6, [%r3+0]\nstxb [%r4+0], %r6\nstxb [%r3+0], %r5\nadd %r4, 1\nsub %r3, 1\njlt %r4, %r3, loop\nldxdw %r0, [%r1+0]\nexit") { Memory = Sequence.Of<byte>(Numbers) },
        new("program/collatz", "a number comes to one", "mov %r1, 27\nmov %r0, 0\nmov %r3, 90\nloop: jeq %r1, 1, out\nsub %r3, 1\njeq %r3, 0, out\nadd %r0, 1\njset %r1, 1, odd\nrsh %r1, 1\nja loop\nodd: mul %r1, 3\nadd %r1, 1\nja loop\nout: exit"),
        new("program/signed-average", "signed words are summed and divided", "mov %r0, 0\nmov %r3, 4\nloop: ldxsh %r4, [%r1+0]\nadd %r0, %r4\nadd %r1, 2\nsub %r3, 1\njsgt %r3, 0, loop\nsdiv %r0, 3\nexit") { Memory = Sequence.Of<byte>([0xff, 0x7f, 0x00, 0x80, 0xfe, 0xff, 0x9c, 0xff]) },
        new("program/state-machine", "comparisons of every kind lead through a program", "mov %r0, 0\nmov %r1, -5\nmov %r2, 3\njgt %r1, %r2, a\nexit\na: or %r0, 1\njslt %r1, %r2, b\nexit\nb: or %r0, 2\njle %r2, 3, c\nexit\nc: or %r0, 4\njsge %r2, -1, d\nexit\nd: or %r0, 8\njset %r1, 0x80, e\nexit\ne: or %r0, 16\njne32 %r1, %r2, f\nexit\nf: or %r0, 32\njsle32 %r1, -5, g\nexit\ng: or %r0, 64\nexit"),
        new("program/matrix", "two small matrices are multiplied with the help of a function", "mov %r6, %r1\nmov %r1, 1\nmov %r2, 2\nmov %r3, 5\nmov %r4, 7\ncall local dot\nmov %r7, %r0\nmov %r1, 3\nmov %r2, 4\nmov %r3, 6\nmov %r4, 8\ncall local dot\nlsh %r0, 16\nadd %r0, %r7\nexit\ndot: mul %r1, %r3\nmul %r2, %r4\nmov %r0, %r1\nadd %r0, %r2\nexit"),
        new("program/initial-registers", "there is memory: r1 is its address, r2 its length, r10 the end of the stack, and the others are zero", "or %r0, %r3\nor %r0, %r4\nor %r0, %r5\nor %r0, %r6\nor %r0, %r7\nor %r0, %r8\nor %r0, %r9\nlsh %r0, 8\nor %r0, %r2\nmov %r4, %r1\nadd %r4, %r2\nldxb %r3, [%r1+0]\nlsh %r0, 8\nor %r0, %r3\nldxb %r3, [%r4-1]\nlsh %r0, 8\nor %r0, %r3\nstb [%r10-512], 0x5a\nstb [%r10-1], 0x3c\nldxb %r3, [%r10-512]\nlsh %r0, 8\nor %r0, %r3\nldxb %r3, [%r10-1]\nlsh %r0, 8\nor %r0, %r3\nexit") { Memory = Bytes(24) },
        new("program/initial-registers", "there is no memory: r1 and r2 are zero like the others", "or %r0, %r1\nor %r0, %r2\nor %r0, %r3\nor %r0, %r4\nor %r0, %r5\nor %r0, %r6\nor %r0, %r7\nor %r0, %r8\nor %r0, %r9\nadd %r0, 7\nexit"),
        new("program/initial-stack", "each of the 512 bytes of the stack is zero at the start", "mov %r3, %r10\nmov %r4, 64\nloop: sub %r3, 8\nldxdw %r5, [%r3+0]\nor %r0, %r5\nsub %r4, 1\njne %r4, 0, loop\nadd %r0, 7\nexit"),
        new("program/initial-stack", "the access is right below the first byte of the stack", "mov %r0, 7\nldxb %r0, [%r10-513]\nexit"),
        new("program/trap", "a division by zero leaves every register as it was, and what was stored before it stays", "stxdw [%r1+0], %r2\nmov %r0, 0x600d\nmov %r3, 0\nlddw %r4, 0xfedcba9876543210\ndiv %r4, %r3\nstdw [%r1+8], -1\nmov %r0, 0xbad\nexit") { Memory = Bytes(16) },
        new("program/trap", "a store that reaches one byte beyond the memory leaves every byte as it was", "mov %r0, 0x600d\nlddw %r4, 0xfedcba9876543210\nstxdw [%r1+9], %r4\nmov %r0, 0xbad\nexit") { Memory = Bytes(16) },
        new("program/last-jump", "the last instruction is a jump", "ja start\nout: exit\nstart: mov %r0, 0x2a\nja out"),
    ];

    private static Sequence<byte> Bytes(int count) => Sequence.Generate(count, index => (byte)(index * 37 + 11));
}
