using System.Diagnostics.CodeAnalysis;
using RbpfSpec.Semantics;

namespace RbpfSpec.Images.Elf;

/// <summary>The data of an object, each section at its address.</summary>
internal sealed class ElfData
{
    private readonly ElfFile file;
    private readonly Dictionary<int, ulong> addresses;

    private ElfData(ElfFile file, ElfSection[] sections, ulong[] addresses)
    {
        this.file = file;
        Sections = sections;
        this.addresses = [];
        for (var i = 0; i < sections.Length; i++) this.addresses.Add(sections[i].Index, addresses[i]);
    }

    /// <summary>The sections that become regions, in the order of the file.</summary>
    public IReadOnlyList<ElfSection> Sections { get; }

    /// <summary>Gives every section of data an address; metadata only if the program or its data refer to it.</summary>
    public static bool TryPlace(
        ElfFile file,
        ElfProgram program,
        ulong baseAddress,
        [NotNullWhen(true)] out ElfData? data,
        [NotNullWhen(false)] out string? problem)
    {
        data = null;
        var referring = program.Parts.Select(part => part.Section)
            .Concat(file.Sections.Where(section => section.IsData && !section.IsMetadata));
        var referred = referring
            .SelectMany(file.Relocations)
            .Select(relocation => file.SectionOf(relocation.Symbol))
            .ToHashSet();
        ElfSection[] sections =
            [.. file.Sections.Where(section => section.IsData && (!section.IsMetadata || referred.Contains(section)))];

        if (Array.Find(sections, static section => section.IsThreadLocal) is { } threadLocal)
        {
            problem = $"{threadLocal.Place}: thread-local data are not part of this machine";
            return false;
        }

        RegionRequest[] requests =
            [.. sections.Select(section => new RegionRequest(section.Place, section.Size, section.Alignment))];
        if (!RegionLayout.TryPlace(requests, baseAddress, out var addresses, out problem)) return false;

        data = new(file, sections, addresses);
        return true;
    }

    /// <summary>The section's contents as the file has them, and where they will lie.</summary>
    public ImageRegion Region(ElfSection section, byte[] contents) =>
        new(section.Name, addresses[section.Index], Sequence.Of<byte>(contents), section.Permission);

    /// <summary>Finds the address of the data that a relocation's symbol names.</summary>
    public bool TryResolve(ElfRelocation relocation, out ulong address, [NotNullWhen(false)] out string? problem)
    {
        var symbol = relocation.Symbol;
        address = 0;
        problem = symbol switch
        {
            { SectionIndex: ElfFormat.IndexUndefined } =>
                $"'{symbol.Name}' is declared but not defined in this object",
            { SectionIndex: ElfFormat.IndexCommon } =>
                $"'{symbol.Name}' is a common symbol, which has no place yet; compile with -fno-common",
            { SectionIndex: >= ElfFormat.IndexFirstReserved } =>
                $"'{symbol.Name}' lies in no section (index 0x{symbol.SectionIndex:x}); data must",
            { Type: ElfFormat.SymbolThreadLocal } =>
                $"'{symbol.Name}' is thread-local, which is not part of this machine",
            _ => SectionProblem(symbol, file.Sections[symbol.SectionIndex]),
        };
        if (problem is not null)
        {
            problem = $"{relocation.Place}: {problem}";
            return false;
        }

        // The section lies at its address with all its bytes, and the symbol within it: the sum cannot wrap.
        address = addresses[symbol.SectionIndex] + symbol.Value;
        return true;
    }

    private string? SectionProblem(ElfSymbol symbol, ElfSection section) => section switch
    {
        { IsMaps: true } => $"'{symbol.Name}' lies in {section.Place}; maps are not part of this machine",
        { IsText: true } => $"the address of a function is not supported: '{symbol.Name}' lies in {section.Place}",
        _ when !addresses.ContainsKey(section.Index) => $"'{symbol.Name}' lies in {section.Place}, which is not loaded",
        _ when symbol.Value > section.Size =>
            $"'{symbol.Name}' lies at byte {symbol.Value} of {section.Place}, which has {section.Size}",
        _ => null,
    };
}
