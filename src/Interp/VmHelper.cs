using RbpfSpec.Interp.Execution;
using RbpfSpec.Semantics.Helpers;

namespace RbpfSpec.Interp;

/// <summary>The body of a helper: it returns the new r0, 64 bits, of a call.</summary>
/// <remarks>An exception that it throws ends the run and reaches the caller of <see cref="Vm.Run"/>.</remarks>
public delegate ulong HelperBody(HelperCall call);

/// <summary>A helper of a <see cref="Vm"/>: its declaration, by which its arguments are checked, and its body.</summary>
/// <param name="Declaration">The id, and the kinds of r1 to r5.</param>
/// <param name="Body">What it does, once all its arguments are granted.</param>
public sealed record VmHelper(Helper Declaration, HelperBody Body)
{
    /// <summary>The helpers, if each is one and no two have the same id.</summary>
    /// <exception cref="ArgumentException">They are not.</exception>
    internal static VmHelper[] Checked(Sequence<VmHelper> helpers)
    {
        var names = new Dictionary<uint, string>();
        foreach (var helper in helpers)
        {
            if (helper?.Declaration is not { } declaration || helper.Body is null)
                throw new ArgumentException("a helper needs a declaration and a body", nameof(helpers));
            if (declaration.Problems() is { IsEmpty: false } problems) throw new ArgumentException(problems[0], nameof(helpers));
            if (names.TryAdd(declaration.Id, declaration.Name)) continue;
            throw new ArgumentException(
                $"the helpers '{names[declaration.Id]}' and '{declaration.Name}' have the same id, 0x{declaration.Id:x}", nameof(helpers));
        }

        return [.. helpers];
    }
}

/// <summary>A call as a helper sees it: numbers, and views of the bytes that pointers were declared to stand for.</summary>
/// <remarks>The compiler lets neither it nor its views outlive the call. The default value is no call, and refuses every use.</remarks>
public readonly unsafe ref struct HelperCall
{
    private readonly Sequence<ArgumentKind> kinds;
    private readonly RunState* state;

    internal HelperCall(Sequence<ArgumentKind> kinds, RunState* state)
    {
        this.kinds = kinds;
        this.state = state;
    }

    /// <summary>An argument, 64 bits; of one that is declared a pointer, the address as the program sees it.</summary>
    /// <param name="number">From 1, which is r1, to 5.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number is another.</exception>
    /// <exception cref="InvalidOperationException">This is the default value, which is no call.</exception>
    public ulong Argument(int number)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, Helper.MostArguments);
        if (state == null) throw NoCall();
        return state->Registers[number];
    }

    /// <summary>The bytes of an argument that is declared readable or writable.</summary>
    /// <param name="number">From 1, which is r1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such argument is declared to stand for bytes.</exception>
    /// <exception cref="InvalidOperationException">This is the default value, which is no call.</exception>
    public ReadOnlySpan<byte> Readable(int number) => View(number, isWritten: false);

    /// <summary>The bytes of an argument that is declared writable; what is written the program sees.</summary>
    /// <param name="number">From 1, which is r1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such argument is declared writable.</exception>
    /// <exception cref="InvalidOperationException">This is the default value, which is no call.</exception>
    public Span<byte> Writable(int number) => View(number, isWritten: true);

    /// <summary>Whether all arguments are granted.</summary>
    internal bool IsGranted()
    {
        for (var i = 0; i < kinds.Count; i++)
        {
            if (CountOf(kinds[i]) is { } count && Region(i + 1, count, PermissionOf(kinds[i])) == null) return false;
        }

        return true;
    }

    // Safe: the view lies in one region that grants it (the claims views/*), whose bytes are pinned while the program
    // runs, and a span cannot outlive the call.
    private Span<byte> View(int number, bool isWritten)
    {
        if (state == null) throw NoCall();
        if (number < 1
            || number > kinds.Count
            || CountOf(kinds[number - 1]) is not { } count
            || (isWritten && kinds[number - 1] is not ArgumentKind.Writable))
        {
            throw new ArgumentOutOfRangeException(nameof(number), number, "no argument of that kind is declared");
        }

        var region = Region(number, count, PermissionOf(kinds[number - 1]));
        if (region == null) throw new InvalidOperationException($"argument {number} is not granted");
        var address = state->Registers[number];
        var length = Views.Length(region, address, AtLeast(count), count is ByteCount.RestOfRegion);
        return new(Views.First(region, address), checked((int)length));
    }

    private static InvalidOperationException NoCall() => new("this is the default value of a call, and no call");

    private MappedRegion* Region(int number, ByteCount count, ulong permission) =>
        Grants.Find(state, state->Registers[number], AtLeast(count), permission);

    private ulong AtLeast(ByteCount count) => count switch
    {
        ByteCount.Fixed(var bytes) => bytes,
        ByteCount.InArgument(var argument) => state->Registers[argument],
        ByteCount.RestOfRegion => 1,
    };

    private static ByteCount? CountOf(ArgumentKind kind) => kind switch
    {
        ArgumentKind.Value => null,
        ArgumentKind.Readable(var count) => count,
        ArgumentKind.Writable(var count) => count,
    };

    private static ulong PermissionOf(ArgumentKind kind) => kind is ArgumentKind.Writable ? Grants.ReadWrite : Grants.Read;
}
