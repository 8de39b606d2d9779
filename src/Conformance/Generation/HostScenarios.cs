using RbpfSpec.Semantics.Profiles;

namespace RbpfSpec.Conformance.Generation;

/// <summary>Programs about what is the host's: printf, the stores, accesses of no bytes, frames as regions, the longest program.</summary>
internal static class HostScenarios
{
    private const string Local = "jmp/call-local";
    private const string Helper = "jmp/call-helper";

    /// <summary>The scenarios.</summary>
    public static IEnumerable<Scenario> All => [.. Prints, .. Formats, .. Stores, .. NoBytes, .. Frames, Longest];

    private static IEnumerable<Scenario> Prints =>
    [
        Printf("printf prints the low 32 bits as a signed number", "%d", "0x7ffffffffffffffb"),
        Printf("printf prints the low 32 bits as an unsigned number", "%u", "0x7ffffffffffffffb"),
        Printf("printf prints the low 32 bits in hexadecimal", "%x", "0x1230000abcd"),
        Printf("printf prints all 64 bits in hexadecimal", "%lX", "0x1230000abcd"),
        Printf("printf prints all 64 bits as a signed number", "%lld", "0xfffffffffffffff6"),
        Printf("printf prints all 64 bits as an unsigned number", "%zu", "0xfffffffffffffff6"),
        Printf("printf prints an address with 0x before it", "%p", "0x1230000abcd"),
        Printf("printf prints one character for the low 8 bits, though they are zero", "a%cb", "0x4100"),
        Printf("printf prints a percent sign, which takes no number", "100%% %d", "12345"),
        Printf("printf prints a field that is filled up", "%7d|%07i|%2u", "42", "-42", "12345"),
        Printf("printf prints a field of at most 99 characters", "%1000d", "42"),
        Printf("printf prints four numbers, one after the other", "%d %d %d %d", "1", "20", "300", "4000"),
        Printf("printf prints characters of 1 byte, whatever their bits are", "\u00e9\u00e9", "0"),
        Printf("printf leaves a string as it stands", "%s %d", "12345"),
        Printf("printf leaves flags that it does not know as they stand", "%-5d|%5.2f|%", "12345"),
        Printf("printf leaves a conversion without a number as it stands", "%d%d%d%d%d", "1", "22", "333", "4444"),
    ];

    private static IEnumerable<Scenario> Formats =>
    [
        Printf("the format of printf ends before its first zero byte", "ab\0cd", "0"),
        Printf("the format of printf is empty", "", "0"),
        Format("the format of printf has no zero byte, and ends at the end of its region", "abcde", "call 1\nexit"),
        Format("the format of printf begins in the middle, and ends at the end of its region", "abcde", "add %r1, 3\ncall 1\nexit"),
        Format("the format of printf would begin one past the last byte", "abcde", "mov %r0, 7\nadd %r1, 5\ncall 1\nexit"),
        Format("the format of printf would begin one before the first byte", "abcde", "mov %r0, 7\nsub %r1, 1\ncall 1\nexit"),
        new(Helper, "the format of printf ends with its region, though another begins there", $"lddw %r1, 0x{AddressSpace.Added + 2:x}\ncall 1\nexit")
        {
            Setting = new()
            {
                Helpers = [0x01],
                Regions =
                [
                    new("low", AddressSpace.Added, Permission.Read, [.. "abcd"u8.ToArray()]),
                    new("high", AddressSpace.Added + 4, Permission.Read, [.. "efgh\0"u8.ToArray()]),
                ],
            },
        },
        new(Helper, "the format of printf would lie where memory is only written", $"mov %r0, 7\nlddw %r1, 0x{AddressSpace.Added:x}\ncall 1\nexit")
        {
            Setting = new() { Helpers = [0x01], Regions = [new("low", AddressSpace.Added, Permission.Write, [.. "abcd"u8.ToArray()])] },
        },
    ];

    private static IEnumerable<Scenario> Stores =>
    [
        new(Helper, "a full store takes a new value for a key that it has", $"{Fill("0x10")}mov %r1, 5\nmov %r2, 0x55\ncall 0x10\nmov %r7, %r0\nmov %r1, 5\n{Fetched("0x12")}add %r0, %r7\nexit")
            { Setting = new() { Helpers = [0x10, 0x12] } },
        new(Helper, "a full store refuses another key, and has what it had", $"{Fill("0x10")}mov %r1, 99\nmov %r2, 0x55\ncall 0x10\nmov %r7, %r0\nmov %r1, 99\n{Fetched("0x12")}mov %r8, %r0\nmov %r1, 16\n{Fetched("0x12")}lsh %r0, 8\nadd %r0, %r8\nxor %r0, %r7\nexit")
            { Setting = new() { Helpers = [0x10, 0x12] } },
        new(Helper, "a full store of all programs refuses another key, and that of this one takes it", $"{Fill("0x11")}mov %r1, 99\nmov %r2, 0x55\ncall 0x11\nmov %r7, %r0\nmov %r1, 99\nmov %r2, 0x66\ncall 0x10\nlsh %r0, 8\nxor %r0, %r7\nexit")
            { Setting = new() { Helpers = [0x10, 0x11] } },
        Wide("a store", 0x10, 0x12),
        Wide("a store of all programs", 0x11, 0x13),
        new(Helper, "a full store is not made by fetches", $"mov %r1, 77\n{Fetched("0x12")}{Fill("0x10")}mov %r0, %r7\nadd %r0, 3\nexit")
            { Setting = new() { Helpers = [0x10, 0x12] } },
    ];

    // Two keys that are alike in their low 16 bits, each with a value of 32 bits; what is fetched of both is folded.
    private static Scenario Wide(string what, uint store, uint fetch) => new(
        Helper,
        $"{what} keeps keys and values of 32 bits",
        $"mov %r1, 0x10007\nmov %r2, 0x12345678\ncall {store}\nmov %r1, 7\nmov %r2, 0x55\ncall {store}\n"
        + $"mov %r1, 0x10007\n{Fetched($"{fetch}")}mov %r8, %r0\nmov %r1, 7\n{Fetched($"{fetch}")}lsh %r0, 32\nadd %r0, %r8\nexit")
    {
        Setting = new() { Helpers = [store, fetch] },
    };

    private static IEnumerable<Scenario> NoBytes =>
    [
        NoByte("memcpy copies nothing from and to address zero, which no region has", "mov %r1, 0\nmov %r2, 0\n"),
        NoByte("memcpy copies nothing to address zero, which no region has", "mov %r2, %r1\nmov %r1, 0\n"),
        NoByte("memcpy copies nothing, one past the end of the stack", "mov %r1, %r10\nmov %r2, %r10\n"),
        NoByte("memcpy copies nothing, one before the memory", "sub %r1, 1\nmov %r2, %r10\n"),
    ];

    private static IEnumerable<Scenario> Frames =>
    [
        new(Local, "a load has bytes in the function's frame and the caller's", "mov %r0, 7\ncall local f\nexit\nf: ldxdw %r0, [%r10-4]\nexit"),
        new(Local, "a store has bytes in the function's frame and the caller's", "mov %r0, 7\ncall local f\nexit\nf: stxw [%r10-1], %r0\nexit"),
        new(Local, "an atomic operation has bytes in the function's frame and the caller's", "mov %r0, 7\ncall local f\nexit\nf: lock add [%r10-4], %r0\nexit"),
    ];

    private static Scenario Longest =>
        new("program/longest", "there are as many slots as every machine accepts", $"mov %r0, 7\n{string.Concat(Enumerable.Repeat("add %r0, 3\n", Vector.LongestProgram - 2))}exit");

    private static Scenario Printf(string text, string format, params string[] numbers) =>
        Format(text, $"{format}\0", $"{string.Concat(numbers.Select((number, index) => $"lddw %r{index + 2}, {number}\n"))}call 1\nexit");

    private static Scenario Format(string text, string memory, string program) => new(Helper, text, program)
    {
        Memory = [.. memory.Select(character => (byte)character)],
        Setting = new() { Helpers = [0x01] },
    };

    private static Scenario NoByte(string text, string arguments) => new(Helper, text, $"mov %r0, 9\n{arguments}mov %r3, 0\ncall 2\nmov %r0, 11\nexit")
    {
        Memory = Sequence.Generate(8, index => (byte)(index + 1)),
        Setting = new() { Helpers = [0x02] },
    };

    // The keys 16 to 1, each with itself as value; r7 becomes the sum of the results.
    private static string Fill(string helper) =>
        $"mov %r6, 16\nmov %r7, 0\nnext: mov %r1, %r6\nmov %r2, %r6\ncall {helper}\nadd %r7, %r0\nsub %r6, 1\njne %r6, 0, next\n";

    private static string Fetched(string helper) => $"mov %r2, %r10\nsub %r2, 8\ncall {helper}\nldxw %r0, [%r10-8]\n";
}
