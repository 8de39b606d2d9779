using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Programs about local calls, returns, helpers and budgets.</summary>
internal static class CallScenarios
{
    private const string Local = "jmp/call-local";
    private const string Exit = "jmp/exit";
    private const string Helper = "jmp/call-helper";

    // All five are folded into r0, each in another way, after whatever was called.
    private const string FoldSaved = "add %r0, %r6\nxor %r0, %r7\nadd %r0, %r8\nxor %r0, %r9\n";

    private const string SetSaved = "mov %r6, 0x606\nmov %r7, 0x7070\nmov %r8, 0x80808\nmov %r9, 0x909090\n";

    private static Sequence<byte> Text { get; } = [.. "RbpfSpec, sixteen"u8.ToArray()[..16], .. new byte[16]];

    /// <summary>The scenarios.</summary>
    public static IEnumerable<Scenario> All => [.. Calls, .. Depths, .. Budgets, .. Helpers];

    private static IEnumerable<Scenario> Calls =>
    [
        new(Local, "the function is right after the program, and returns", "mov %r0, 1\ncall local f\nadd %r0, 0x10\nexit\nf: add %r0, 0x100\nexit"),
        new(Local, "the function stands before the call", "ja start\nadd %r0, 0x1000\nf: add %r0, 0x100\nexit\nadd %r0, 0x2000\nstart: mov %r0, 1\ncall local f\nadd %r0, 0x10\nexit"),
        new(Local, "the marks around the function show where it is entered", "mov %r0, 1\ncall local f\nadd %r0, 0x10\nexit\nadd %r0, 0x1000\nadd %r0, 0x2000\nf: add %r0, 0x100\nadd %r0, 0x4000\nexit"),
        new(Local, "arguments are passed in r1 to r5", "mov %r1, 1\nmov %r2, 0x20\nmov %r3, 0x300\nmov %r4, 0x4000\nmov %r5, 0x50000\ncall local f\nexit\nf: mov %r0, %r1\nadd %r0, %r2\nadd %r0, %r3\nadd %r0, %r4\nadd %r0, %r5\nexit"),
        new(Local, "r0 to r9 keep their values on the way in", $"{SetSaved}mov %r0, 3\ncall local f\nexit\nf: {FoldSaved}exit"),
        new(Local, "r10 of the function is below the caller's frame", "mov %r6, %r10\nstxdw [%r10-16], %r6\nmov %r1, %r10\ncall local f\nexit\nf: mov %r0, %r1\nsub %r0, %r10\nexit"),
        new(Local, "the function has a frame of its own", "stdw [%r10-8], 0x11\nmov %r0, 0\ncall local f\nldxdw %r1, [%r10-8]\nadd %r0, %r1\nexit\nf: stdw [%r10-8], 0x2200\nldxdw %r0, [%r10-8]\nexit"),
        new(Local, "the function's frame is zeroed though the caller has written its own", "stdw [%r10-8], 0x7f\nstdw [%r10-512], 0x7f\ncall local f\nexit\nf: ldxdw %r0, [%r10-8]\nldxdw %r1, [%r10-512]\nadd %r0, %r1\nadd %r0, 1\nexit"),
        new(Local, "the frame of a second call is zeroed though the first one wrote to it", "call local f\nmov %r6, %r0\ncall local f\nadd %r0, %r6\nexit\nf: ldxdw %r0, [%r10-8]\nstdw [%r10-8], 0x55\nadd %r0, 1\nexit"),
        new(Local, "the function writes to the frame of its caller", "stdw [%r10-8], 1\nmov %r1, %r10\ncall local f\nldxdw %r0, [%r10-8]\nexit\nf: stdw [%r1-8], 0x77\nexit"),
        new(Local, "the function reaches below its frame", "mov %r0, 7\ncall local f\nexit\nf: ldxb %r0, [%r10-513]\nexit"),
        new(Exit, "the function has changed r6 to r9", $"{SetSaved}mov %r0, 0\ncall local f\n{FoldSaved}exit\nf: mov %r6, 1\nmov %r7, 2\nmov %r8, 3\nmov %r9, 4\nexit"),
        new(Exit, "the function has changed r0 to r5, which are not restored", "mov %r1, 1\nmov %r2, 2\nmov %r3, 3\ncall local f\nadd %r0, %r1\nadd %r0, %r2\nadd %r0, %r3\nexit\nf: mov %r0, 0x1000\nmov %r1, 0x100\nmov %r2, 0x200\nmov %r3, 0x300\nexit"),
        new(Exit, "r10 is again the caller's", "mov %r6, %r10\ncall local f\nmov %r0, %r6\nsub %r0, %r10\nadd %r0, 5\nexit\nf: mov %r0, 1\nexit"),
        new(Exit, "the caller's frame is as it was", "stdw [%r10-8], 0x1234\ncall local f\nldxdw %r0, [%r10-8]\nexit\nf: stdw [%r10-8], 0x77\nexit"),
        new(Exit, "the frame of the function is gone", "mov %r0, 1\ncall local f\nldxdw %r0, [%r10-520]\nexit\nf: stdw [%r10-8], 0x77\nexit"),
        new(Exit, "functions return to several callers", "mov %r0, 0\ncall local f\nadd %r0, 1\ncall local f\nadd %r0, 2\ncall local g\nadd %r0, 4\nexit\ng: call local f\nadd %r0, 8\nexit\nf: add %r0, 0x100\nexit"),
        new(Exit, "a second call has its frame where the first one had it", "call local f\nmov %r6, %r0\ncall local f\nsub %r0, %r6\nadd %r0, 5\nexit\nf: stdw [%r10-8], 7\nmov %r0, %r10\nexit"),
        new(Exit, "it is the first instruction", "exit"),
        new(Exit, "the result is all ones", "lddw %r0, 0xffffffffffffffff\nexit"),
        new(Exit, "there is code after it", "mov %r0, 0x2a\nexit\nmov %r0, 0x2b\nexit"),
    ];

    // The entry's frame is one of the eight.
    private static IEnumerable<Scenario> Depths =>
    [
        new(Local, "the calls nest as deep as they may", Chain(7)),
        new(Local, "the calls nest one deeper than they may", Chain(8)),
        new(Local, "a function calls itself as deep as it may", Recursion(6)),
        new(Local, "a function calls itself one deeper than it may", Recursion(7)),
        new(Local, "the deepest frame is read and written at both ends", Chain(7, "stdw [%r10-512], 3\nldxdw %r1, [%r10-512]\nadd %r0, %r1\nstdw [%r10-8], 4\nldxdw %r1, [%r10-8]\nadd %r0, %r1\n")),
    ];

    private static IEnumerable<Scenario> Budgets =>
    [
        new(Local, "a call is the last branch of the budget", Repeat(199)),
        new(Local, "a call would take one branch more than the budget has", Repeat(200)),
        new(Local, "three branches are left of the budget, and all are spent", Repeat(197, "call local f\ncall local f\n")),
        new(Local, "two branches are left of the budget, and both are spent on calls", Repeat(198, "call local f\n")),
        new(Local, "jumps after a call would take one branch more than the budget has", $"{Repeat(197, "call local f\nja +0\nja +0\n")}"),
        new("program/branches", "exactly all branches of the budget are taken", "mov %r0, 0\nmov %r1, 201\nloop: add %r0, %r1\nsub %r1, 1\njne %r1, 0, loop\nexit"),
        new("program/branches", "one branch more than the budget has is taken", "mov %r0, 0\nmov %r1, 202\nloop: add %r0, %r1\nsub %r1, 1\njne %r1, 0, loop\nexit"),
        new("program/branches", "branches that are not taken cost nothing", "mov %r0, 0\nmov %r1, 201\nloop: jeq %r1, 0, out\njgt %r0, 0x7fffffff, out\nadd %r0, %r1\nsub %r1, 1\njne %r1, 0, loop\nout: exit"),
        new("program/branches", "a program that does not end is stopped", "mov %r0, 1\nloop: add %r0, 1\nja loop\nexit"),
        new("program/branches", "calls and jumps share the budget", "mov %r0, 0\nmov %r6, 101\nloop: call local f\nsub %r6, 1\njne %r6, 0, loop\nexit\nf: add %r0, 1\nexit"),
        new("program/branches", "returns cost nothing", "mov %r0, 0\nmov %r6, 100\nloop: call local f\nsub %r6, 1\njne %r6, 0, loop\nexit\nf: add %r0, 1\nexit"),
        new("program/helper-budget", "calls of helpers cost nothing", "mov %r6, 201\nmov %r7, 0\nloop: call 0x20\nadd %r7, %r6\nsub %r6, 1\njne %r6, 0, loop\nmov %r0, %r7\nexit") { Setting = new() { Helpers = [0x20] } },
        new("program/branches", "a budget of no branches lets straight code run", "mov %r0, 5\nadd %r0, 6\nexit") { Setting = new() { Branches = 0 } },
        new("program/branches", "a budget of no branches stops the first one", "mov %r0, 5\nja +0\nexit") { Setting = new() { Branches = 0 } },
        new("program/branches", "a budget of one branch allows one", "mov %r0, 5\nja +0\nexit") { Setting = new() { Branches = 1 } },
        new("program/instructions", "exactly all instructions of the budget are executed", "mov %r0, 5\nadd %r0, 6\nexit") { Setting = new() { Instructions = 3 } },
        new("program/instructions", "one instruction more than the budget has is reached", "mov %r0, 5\nadd %r0, 6\nexit") { Setting = new() { Instructions = 2 } },
        new("program/instructions", "a wide instruction counts once", "lddw %r0, 0x500000005\nexit") { Setting = new() { Instructions = 2 } },
        new("program/instructions", "a budget of no instructions stops the first one", "exit") { Setting = new() { Instructions = 0 } },
    ];

    private static IEnumerable<Scenario> Helpers =>
    [
        .. from text in (IEnumerable<(string Class, string To, string From, string Count)>)
           [
               ("memcpy copies within the context", "add %r1, 16\n", "mov %r2, %r6\n", "16"),
               ("memcpy copies one byte", "add %r1, 31\n", "mov %r2, %r6\n", "1"),
               ("memcpy copies nothing", "add %r1, 16\n", "mov %r2, %r6\n", "0"),
               ("memcpy copies nothing, one past the end", "add %r1, 32\n", "mov %r2, %r6\nadd %r2, 32\n", "0"),
               ("memcpy copies nothing, two past the end", "add %r1, 33\n", "mov %r2, %r6\n", "0"),
               ("memcpy copies the whole region onto itself", "add %r1, 0\n", "mov %r2, %r6\n", "32"),
               ("memcpy copies to a place that overlaps, behind", "add %r1, 4\n", "mov %r2, %r6\n", "12"),
               ("memcpy copies to a place that overlaps, before", "add %r1, 0\n", "mov %r2, %r6\nadd %r2, 3\n", "12"),
               ("memcpy would write one byte past the end", "add %r1, 17\n", "mov %r2, %r6\n", "16"),
               ("memcpy would read one byte past the end", "add %r1, 0\n", "mov %r2, %r6\nadd %r2, 17\n", "16"),
               ("memcpy would begin to write before the region", "sub %r1, 1\n", "mov %r2, %r6\n", "16"),
               ("memcpy would begin to read before the region", "add %r1, 0\n", "mov %r2, %r6\nsub %r2, 1\n", "16"),
               ("memcpy is given a negative length", "add %r1, 0\n", "mov %r2, %r6\n", "-1"),
               ("memcpy is given a length of 2^63", "add %r1, 0\n", "mov %r2, %r6\n", "0x8000000000000000"),
               ("memcpy copies the last bytes of the region to the first", "add %r1, 0\n", "mov %r2, %r6\nadd %r2, 19\n", "13"),
               ("memcpy copies to the region's last bytes", "add %r1, 19\n", "mov %r2, %r6\n", "13"),
               ("memcpy reads from address zero", "add %r1, 0\n", "mov %r2, 0\n", "4"),
           ]
           select new Scenario(
               Helper,
               text.Class,
               $"mov %r6, %r1\n{text.To}{text.From}lddw %r3, {text.Count}\nmov %r7, 0x707\nmov %r8, 0x8080\nmov %r9, 0x90909\ncall 2\nsub %r0, %r6\nadd %r0, %r7\nxor %r0, %r8\nadd %r0, %r9\n{Sum}exit")
           {
               Memory = Text,
               Setting = new() { Helpers = [0x02] },
           },
        .. from text in (IEnumerable<(string Class, int Below, int From, int Count)>)
           [
               ("memcpy copies all of the memory to the stack", 24, 0, 16),
               ("memcpy copies the end of the memory to the stack's last bytes", 11, 5, 11),
           ]
           select new Scenario(
               Helper,
               text.Class,
               $"""
               mov %r2, %r1
               add %r2, {text.From}
               mov %r1, %r10
               sub %r1, {text.Below}
               mov %r3, {text.Count}
               stdw [%r10-8], 0
               call 2
               sub %r0, %r10
               ldxdw %r1, [%r10-{text.Below}]
               add %r0, %r1
               ldxdw %r1, [%r10-8]
               xor %r0, %r1
               exit
               """)
           {
               Memory = [.. Text.Take(16)],
               Setting = new() { Helpers = [0x02] },
           },
        new(Helper, "memcpy copies between two regions that touch, and stays in the one", $"mov %r6, %r1\nlddw %r1, 0x{AddressSpace.Added + 8:x}\nlddw %r2, 0x{AddressSpace.Added + 16:x}\nmov %r3, 8\ncall 2\nlddw %r1, 0x{AddressSpace.Added:x}\nldxdw %r0, [%r1+0]\nldxdw %r2, [%r1+8]\nadd %r0, %r2\nldxdw %r2, [%r1+16]\nxor %r0, %r2\nexit")
            { Setting = Touching(Permission.ReadWrite, Permission.ReadWrite) },
        new(Helper, "memcpy would cross from one region into the next", $"lddw %r1, 0x{AddressSpace.Added + 12:x}\nlddw %r2, 0x{AddressSpace.Added + 16:x}\nmov %r3, 8\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.ReadWrite, Permission.ReadWrite) },
        new(Helper, "memcpy would write to a region that is only read", $"lddw %r1, 0x{AddressSpace.Added:x}\nlddw %r2, 0x{AddressSpace.Added + 16:x}\nmov %r3, 8\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.Read, Permission.ReadWrite) },
        new(Helper, "memcpy would write to a region that is only written, which helpers read, too", $"lddw %r1, 0x{AddressSpace.Added:x}\nlddw %r2, 0x{AddressSpace.Added + 16:x}\nmov %r3, 8\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.Write, Permission.ReadWrite) },
        new(Helper, "memcpy would read from a region that is only written", $"lddw %r1, 0x{AddressSpace.Added + 16:x}\nlddw %r2, 0x{AddressSpace.Added:x}\nmov %r3, 8\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.Write, Permission.ReadWrite) },
        new(Helper, "memcpy reads from a region that is only read", $"lddw %r1, 0x{AddressSpace.Added + 16:x}\nlddw %r2, 0x{AddressSpace.Added:x}\nmov %r3, 8\ncall 2\nlddw %r1, 0x{AddressSpace.Added + 16:x}\nldxdw %r0, [%r1+0]\nexit")
            { Setting = Touching(Permission.Read, Permission.ReadWrite) },
        new(Helper, "memcpy is given more bytes than the first region has, though the second has them", $"lddw %r1, 0x{AddressSpace.Added:x}\nlddw %r2, 0x{AddressSpace.Added + 16:x}\nmov %r3, 24\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.ReadWrite, Permission.ReadWrite, 32) },
        new(Helper, "memcpy is given more bytes than the second region has, though the first has them", $"lddw %r1, 0x{AddressSpace.Added + 16:x}\nlddw %r2, 0x{AddressSpace.Added:x}\nmov %r3, 24\nmov %r0, 9\ncall 2\nexit")
            { Setting = Touching(Permission.ReadWrite, Permission.ReadWrite, 32) },
        new(Helper, "the result has bit 31 set and an upper half of zero", "lddw %r1, 0x90000000\nlddw %r2, 0x90000008\nmov %r3, 4\ncall 2\nlddw %r2, 0x90000000\nldxdw %r1, [%r2+0]\nadd %r0, %r1\nexit")
            { Setting = new() { Helpers = [0x02], Regions = [new("far", 0x9000_0000, Permission.ReadWrite, Sequence.Generate(16, index => (byte)(0x11 * (index + 1))))] } },
        new(Helper, "a value is stored and fetched", "mov %r1, 7\nmov %r2, 0x1234\ncall 0x10\nmov %r6, %r0\nmov %r1, 7\nmov %r2, %r10\nsub %r2, 8\ncall 0x12\nldxw %r0, [%r10-8]\nadd %r0, %r6\nexit")
            { Setting = new() { Helpers = [0x10, 0x12] } },
        new(Helper, "a value is fetched that was never stored", "stw [%r10-8], 0x55\nmov %r1, 9\nmov %r2, %r10\nsub %r2, 8\ncall 0x12\nldxw %r1, [%r10-8]\nadd %r0, %r1\nadd %r0, 3\nexit")
            { Setting = new() { Helpers = [0x12] } },
        new(Helper, "a value is fetched to a place outside all regions", "mov %r0, 4\nmov %r1, 9\nmov %r2, 0\ncall 0x12\nexit") { Setting = new() { Helpers = [0x12] } },
        new(Helper, "local and global values are kept apart", "mov %r1, 7\nmov %r2, 5\ncall 0x10\nmov %r1, 7\nmov %r2, 6\ncall 0x11\nmov %r1, 7\nmov %r2, %r10\nsub %r2, 4\ncall 0x12\nmov %r1, 7\nmov %r2, %r10\nsub %r2, 8\ncall 0x13\nldxdw %r0, [%r10-8]\nexit")
            { Setting = new() { Helpers = [0x10, 0x11, 0x12, 0x13] } },
        new(Helper, "only 32 bits of key and value count", "lddw %r1, 0x100000007\nlddw %r2, 0xffffffff80000001\ncall 0x10\nmov %r1, 7\nmov %r2, %r10\nsub %r2, 8\ncall 0x12\nldxdw %r0, [%r10-8]\nexit")
            { Setting = new() { Helpers = [0x10, 0x12] } },
        new(Helper, "a helper without arguments is called", "mov %r0, 9\ncall 0x20\nadd %r0, 1\nexit") { Setting = new() { Helpers = [0x20] } },
        new(Helper, "the upper half of r0 is overwritten", "lddw %r0, 0xffffffff00000000\ncall 0x20\nadd %r0, 1\nexit") { Setting = new() { Helpers = [0x20] } },
        new(Helper, "the store is full", "mov %r6, 17\nmov %r7, 0\nnext: mov %r1, %r6\nmov %r2, %r6\ncall 0x10\nlsh %r7, 1\nsub %r7, %r0\nsub %r6, 1\njne %r6, 0, next\nmov %r0, %r7\nexit") { Setting = new() { Helpers = [0x10] } },
        new(Helper, "r6 to r9 are kept across a call", $"{SetSaved}call 0x20\n{FoldSaved}exit") { Setting = new() { Helpers = [0x20] } },
    ];

    private static string Sum => "ldxdw %r2, [%r6+0]\nadd %r0, %r2\nldxdw %r2, [%r6+8]\nxor %r0, %r2\nldxdw %r2, [%r6+16]\nadd %r0, %r2\nldxdw %r2, [%r6+24]\nxor %r0, %r2\n";

    private static Setting Touching(Permission low, Permission high, int ofHigh = 16) => new()
    {
        Helpers = [0x02],
        Regions =
        [
            new("low", AddressSpace.Added, low, Sequence.Generate(16, index => (byte)(0x11 * (index + 1)))),
            new("high", AddressSpace.Added + 16, high, Sequence.Generate(ofHigh, index => (byte)(0xe1 - 7 * index))),
        ],
    };

    private static string Chain(int depth, string last = "") =>
        $"mov %r0, 1\ncall local f1\nexit\n{string.Concat(Enumerable.Range(1, depth).Select(level => $"f{level}: add %r0, {level * 0x10}\n{(level < depth ? $"call local f{level + 1}\n" : last)}add %r0, {level * 0x1000}\nexit\n"))}";

    private static string Recursion(int depth) =>
        $"mov %r0, 0\nmov %r1, {depth}\ncall local f\nexit\nf: add %r0, 1\njeq %r1, 0, out\nsub %r1, 1\ncall local f\nadd %r0, 0x100\nout: exit";

    private static string Repeat(int jumps, string more = "") =>
        $"mov %r0, 0\n{string.Concat(Enumerable.Repeat("ja +0\n", jumps))}{more}call local f\nadd %r0, 2\nexit\nf: add %r0, 1\nexit";
}
