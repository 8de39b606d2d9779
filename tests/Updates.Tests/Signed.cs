using RbpfSpec.Assembly;
using RbpfSpec.Host.Containers;
using RbpfSpec.Host.Hooks;
using RbpfSpec.Host.Updates;

namespace RbpfSpec.Updates.Tests;

/// <summary>Keys, manifests and updates that many tests use.</summary>
internal static class Signed
{
    public const string Hook = "timer";

    public static SigningKey Key { get; } = SigningKey.Generate();

    public static SigningKey Foreign { get; } = SigningKey.Generate();

    public static Sequence<byte> Program { get; } = Bytes("r1 = 5\ncall 0x03\nr0 = 7\nexit");

    public static Sequence<TrustedKey> Keys => [Key.Public];

    public static Sequence<byte> Bytes(string text) =>
        Sequence.Of<byte>(Assembler.Parse(text).ShouldBeOfType<Assembled.Success>().Program.ToBytes());

    /// <summary>A manifest that is right for a program.</summary>
    public static UpdateManifest Manifest(Sequence<byte> program, ulong number = 1, int slot = 0) => new(
        number, slot, Envelope.Digest(program.AsSpan()), program.Count, "rbpf", BudgetClass.Logic, [3], [new(Hook, Policy.Single)]);

    public static byte[] Update(ulong number = 1, int slot = 0) => Envelope.Sign(Manifest(Program, number, slot), Program.AsSpan(), Key);

    public static Verification.Refused Refused(byte[] bytes) =>
        Envelope.Verify(bytes, Keys).ShouldBeOfType<Verification.Refused>();

    public static SignedUpdate Trusted(byte[] bytes) => Envelope.Verify(bytes, Keys) switch
    {
        Verification.Trusted(var update) => update,
        Verification.Refused(_, var problem) => throw new ShouldAssertException(problem),
    };
}
