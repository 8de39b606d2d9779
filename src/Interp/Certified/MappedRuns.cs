using System.Runtime.InteropServices;
using RbpfSpec.Interp.Compiled;
using RbpfSpec.Semantics.Helpers;
using RbpfSpec.Semantics.Validity;

namespace RbpfSpec.Interp.Certified;

/// <summary>A certificate, for a <see cref="Vm"/>: confirmed for what is mapped, and compared with each run.</summary>
/// <remarks>
/// What is confirmed rests on the bytes of mappings that the program cannot write. Whoever lends them could change them during a
/// run, by mistake, so runs with facts are given copies of them, which nobody else has.
/// </remarks>
internal sealed class MappedRuns
{
    private readonly ReadOnlyMemory<byte> certificate;
    private readonly CheckedProgram program;
    private readonly Sequence<Helper> helpers;
    private readonly Func<RunFacts, TieredProgram> make;
    private readonly ulong branchLimit;
    private readonly bool isRefused;
    private CertifiedRuns? confirmed;
    private byte[]?[]? copies;
    private RunFacts? trusted;
    private TieredProgram? trusting;

    /// <summary>A certificate.</summary>
    /// <param name="certificate">The file.</param>
    /// <param name="program">The program.</param>
    /// <param name="options">The helpers that it may call.</param>
    /// <param name="branchLimit">How many branches a run may take.</param>
    /// <param name="isCompiled">Whether the engine ever compiles.</param>
    /// <param name="make">Makes the program ready to run with facts.</param>
    public MappedRuns(
        ReadOnlyMemory<byte> certificate,
        CheckedProgram program,
        VmOptions options,
        ulong branchLimit,
        bool isCompiled,
        Func<RunFacts, TieredProgram> make)
    {
        (this.certificate, this.program, this.branchLimit, this.make) = (certificate.ToArray(), program, branchLimit, make);
        helpers = options.Helpers.Map(static helper => helper.Declaration);
        Problem = CertifiedRuns.ProblemOf(program, isCompiled);
        isRefused = Problem is not null;
    }

    /// <summary>Why the last run was not one that the certificate is about; null if it was, or there was none.</summary>
    public string? Problem { get; private set; }

    /// <summary>Forgets what was confirmed: what is mapped has changed.</summary>
    public void Forget() => (confirmed, copies) = (null, null);

    /// <summary>The program with the facts of a run; null if it is none that the certificate is about.</summary>
    /// <param name="mappings">What is mapped.</param>
    /// <param name="contextLength">The length of the context, in bytes.</param>
    public TieredProgram? ProgramFor(List<Mapping> mappings, int contextLength)
    {
        if (FactsFor(mappings, contextLength) is not { } facts) return null;
        if (trusting is not null && facts == trusted) return trusting;

        // Facts about the branches say nothing of a run that has fewer.
        trusted = facts;
        return trusting = make(facts.MostBranches > branchLimit ? facts.WithoutBranches() : facts);
    }

    /// <summary>The first byte of the copy of a mapping that the program cannot write; null of others.</summary>
    /// <remarks>Safe: it lives, pinned, until <see cref="Forget"/>, which no run calls.</remarks>
    public unsafe byte* CopyOf(int mapping) =>
        copies![mapping] is { } copy ? (byte*)Marshal.UnsafeAddrOfPinnedArrayElement(copy, 0) : null;

    private RunFacts? FactsFor(List<Mapping> mappings, int contextLength)
    {
        if (isRefused) return null;
        if (copies is null) Confirm(mappings);
        if (confirmed is null) return null;
        for (var i = 0; i < copies!.Length; i++)
        {
            if (copies[i] is not { } copy || mappings[i].Bytes.Span.SequenceEqual(copy)) continue;
            Problem = $"'{mappings[i].Name}' holds other bytes than when it was confirmed";
            return null;
        }

        var facts = confirmed.FactsFor((ulong)contextLength);
        Problem = facts is null ? confirmed.LackFor((ulong)contextLength) : null;
        return facts;
    }

    private void Confirm(List<Mapping> mappings)
    {
        copies = new byte[]?[mappings.Count];
        Sequence<Region<Word>> regions = [];
        for (var i = 0; i < copies.Length; i++)
        {
            var mapping = mappings[i];
            var content = ByteTree.Zero(mapping.Bytes.Length);
            if (!mapping.Permission.HasFlag(Permission.Write))
            {
                var copy = GC.AllocateArray<byte>(mapping.Bytes.Length, pinned: true);
                mapping.Bytes.Span.CopyTo(copy);
                copies[i] = copy;
                content = ByteTree.Of(copy);
            }

            regions = regions.Add(Region.Of(mapping.Name, mapping.Address, content, mapping.Permission));
        }

        confirmed = CertifiedRuns.Confirm(certificate, program, regions, helpers, out var problem);
        Problem = problem;
    }
}
