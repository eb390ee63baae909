namespace Dmarc.Reports.Reading;

/// <summary>How many rows may be remembered and held back by all reports together.</summary>
internal sealed class RowMemory(int maximum)
{
    private int _left = maximum;

    /// <summary>Asks for room for one row; false if there is none.</summary>
    public bool TryTake()
    {
        if (_left == 0)
        {
            return false;
        }

        _left--;
        return true;
    }

    /// <summary>Gives room back.</summary>
    public void Release(int rows) => _left += rows;
}
