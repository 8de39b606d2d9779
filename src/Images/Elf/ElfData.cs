using System.Diagnostics.CodeAnalysis;

namespace RbpfSpec.Images.Elf;

/// <summary>The data of an object that its program refers to, each section at its address.</summary>
/// <remarks>Common symbols, which have no section, lie together in one region of zeros, <c>.bss</c>.</remarks>
internal sealed class ElfData
{
    private const string Zeros = ".bss";

    private readonly ElfFile file;
    private readonly ElfReferences references;
    private readonly Dictionary<int, ulong> addresses = [];
    private readonly Dictionary<int, ulong> commonAddresses = [];

    private ElfData(ElfFile file, ElfReferences references, ElfSection[] sections)
    {
        this.file = file;
        this.references = references;
        Sections = sections;
    }

    /// <summary>The sections that become regions, in the order of the file.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>The region of the common symbols, which follows those of the sections; null without such symbols.</summary>
    public ImageRegion? Common { get; private set; }

    /// <summary>Gives every section of data that the program refers to an address.</summary>
    public static bool TryPlace(
        ElfFile file,
        ElfProgram program,
        ulong baseAddress,
        [NotNullWhen(true)] out ElfData? data,
        [NotNullWhen(false)] out string? problem)
    {
        data = null;
        var referredTo = ElfReferences.Of(file, program);
        ElfSection[] sections = [.. referredTo.Sections];
        if (Array.Find(sections, static section => section.IsThreadLocal) is { } threadLocal)
        {
            problem = $"{threadLocal.Place}: thread-local data are not part of this machine";
            return false;
        }

        var placed = new ElfData(file, referredTo, sections);
        if (!placed.TryPlace(baseAddress, out problem)) return false;
        data = placed;
        return true;
    }

    /// <summary>The section's contents, and where they will lie.</summary>
    public ImageRegion Region(ElfSection section, byte[] contents) =>
        new(section.Name, addresses[section.Index], Sequence.Of<byte>(contents), section.Permission);

    /// <summary>The object that a byte of a section belongs to if nothing that is used refers to it; otherwise null.</summary>
    public ElfSymbol? UnusedAt(ElfSection section, ulong offset) => references.UnusedAt(section, offset);

    /// <summary>Finds the address of the data that a relocation's symbol names; 0 for a weak one that is not defined.</summary>
    public bool TryResolve(ElfRelocation relocation, out ulong address, [NotNullWhen(false)] out string? problem)
    {
        var symbol = relocation.Symbol;
        var name = symbol.ShortName;
        address = 0;
        problem = symbol switch
        {
            { IsUndefined: true, IsWeak: true } or { IsCommon: true } => null,
            { IsUndefined: true } => $"'{name}' is declared but not defined in this object",
            { SectionIndex: >= ElfFormat.IndexFirstReserved } =>
                $"'{name}' lies in no section (index 0x{symbol.SectionIndex:x}); data must",
            { Type: ElfFormat.SymbolThreadLocal } => $"'{name}' is thread-local, which is not part of this machine",
            _ => SectionProblem(symbol, file.Sections[symbol.SectionIndex]),
        };
        if (problem is not null)
        {
            problem = $"{relocation.Place}: {problem}";
            return false;
        }

        // A section lies at its address with all its bytes, and a symbol within it: the sum cannot wrap.
        address = symbol switch
        {
            { IsUndefined: true } => 0,
            { IsCommon: true } => commonAddresses[symbol.Index],
            _ => addresses[symbol.SectionIndex] + symbol.Value,
        };
        return true;
    }

    private bool TryPlace(ulong baseAddress, [NotNullWhen(false)] out string? problem)
    {
        var requests = Sections.Select(section => new RegionRequest(section.Place, section.Size, section.Alignment)).ToList();
        if (!TryAddCommons(out var offsets, out var common, out problem)) return false;
        if (common is not null) requests.Add(common);
        if (!RegionLayout.TryPlace(requests, baseAddress, out var placed, out problem)) return false;

        for (var i = 0; i < Sections.Count; i++) addresses.Add(Sections[i].Index, placed[i]);
        if (common is null) return true;
        foreach (var (symbol, offset) in offsets) commonAddresses.Add(symbol, placed[^1] + offset);
        Common = new(Zeros, placed[^1], Sequence.Of<byte>(new byte[common.Size]), Permission.ReadWrite);
        return true;
    }

    // Each common symbol behind the one before, aligned as it asks for.
    private bool TryAddCommons(
        out List<(int Symbol, ulong Offset)> offsets, out RegionRequest? request, [NotNullWhen(false)] out string? problem)
    {
        offsets = [];
        request = null;
        problem = null;
        var (size, alignment) = (UInt128.Zero, 1UL);
        foreach (var symbol in references.Commons)
        {
            if (!ulong.IsPow2(symbol.Value))
            {
                problem = $"{symbol.Place} asks for an alignment of {symbol.Value}, which is not a power of two";
                return false;
            }

            size = (size + symbol.Value - 1) / symbol.Value * symbol.Value;
            offsets.Add((symbol.Index, (ulong)size));
            size += Math.Max(symbol.Size, 1);
            alignment = Math.Max(alignment, symbol.Value);
            if (size <= ImageFile.MaximumSize) continue;
            problem = $"{symbol.Place}: the common symbols have {size} bytes together; at most {ImageFile.MaximumSize} are supported";
            return false;
        }

        if (offsets is not []) request = new(Zeros, (ulong)size, alignment);
        return true;
    }

    private string? SectionProblem(ElfSymbol symbol, ElfSection section) => section switch
    {
        { IsMaps: true } => $"'{symbol.ShortName}' lies in {section.Place}; maps are not part of this machine",
        { IsText: true } => $"the address of a function is taken, '{symbol.ShortName}' in {section.Place}; "
            + "no profile of this machine calls through a register (callx), so it would lead nowhere",
        _ when !addresses.ContainsKey(section.Index) =>
            $"'{symbol.ShortName}' lies in {section.Place}, which is not loaded",
        _ when symbol.Value > section.Size =>
            $"'{symbol.ShortName}' lies at byte {symbol.Value} of {section.Place}, which has {section.Size}",
        _ => null,
    };
}
