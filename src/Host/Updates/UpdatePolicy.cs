namespace RbpfSpec.Host.Updates;

/// <summary>The answer to whether bytes are a signed update.</summary>
public abstract record Verification
{
    private Verification()
    {
    }

    /// <summary>They are one, signed by a trusted author.</summary>
    public sealed record Trusted(SignedUpdate Update) : Verification;

    /// <summary>They are not.</summary>
    /// <param name="Reason">Why.</param>
    /// <param name="Problem">What is wrong and where, for people.</param>
    public sealed record Refused(UpdateRefusal Reason, string Problem) : Verification;
}

/// <summary>Tells of any bytes whether they are a signed update; depends on them alone, and never throws.</summary>
public delegate Verification Verifier(Sequence<byte> bytes);

/// <summary>The updates that a device takes.</summary>
public abstract record UpdatePolicy
{
    /// <summary>The most bytes of a signed update around its program.</summary>
    public const int Around = 1024;

    private UpdatePolicy()
    {
    }

    /// <summary>None.</summary>
    public sealed record Refuse : UpdatePolicy;

    /// <summary>Every program that the preflight accepts, from anyone.</summary>
    public sealed record Unsigned : UpdatePolicy;

    /// <summary>Those that a trusted author signed.</summary>
    /// <param name="Verifier">Tells them from others.</param>
    public sealed record Signed(Verifier Verifier) : UpdatePolicy;
}
